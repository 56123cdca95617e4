import { useState } from 'preact/hooks';
import { useToken } from '../data/token';

/** Asks for the token that a server wants. What it is shown with next is the try that is under way each second. */
export function TokenForm() {
  const [text, setText] = useState('');
  return (
    <form class="token" onSubmit={e => { e.preventDefault(); useToken(text); }}>
      <label>Token <input type="password" autocomplete="off" spellcheck={false} value={text} onInput={e => setText(e.currentTarget.value)} /></label> <button>Use</button>
    </form>
  );
}
