import { render } from 'preact';
import { Network } from './data/network';
import { App } from './ui/App';
import 'uplot/dist/uPlot.min.css';
import './style.css';

const network = new Network(new URL(location.href));
render(<App network={network} />, document.getElementById('app')!);
network.start();
