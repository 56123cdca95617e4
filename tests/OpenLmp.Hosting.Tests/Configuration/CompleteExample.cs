namespace OpenLmp.Hosting.Tests;

/// <summary>A configuration with every key that is promised to users, spelt and commented as it is promised.</summary>
internal static class CompleteExample
{
    public const string Text = """
        node:
          id: 10.0.0.1                  # Node_Id
          name: oxc1
        listen: [ "10.255.0.1:701" ]    # IPv6: "[2001:db8::1]:701"
        api:
          socket: /run/lmpd/lmpd.sock
          mode: "0660"                  # root, the daemon's user and its group may do everything; others are not let in
          # read-group: noc             # may read over the socket
          # admin-group: lmpadmin       # may change over the socket
          http: 127.0.0.1:7010          # optional: the same API over TCP, with dashboard and metrics
          # anonymous-read: false       # reading over http needs a token, too; changes over TCP always do
          # https: 10.255.0.1:7443      # for other machines: TLS 1.3, with tokens or client certificates
          # tls: {certificate: /etc/lmpd/lmpd.crt, key: /etc/lmpd/lmpd.key, client-ca: /etc/lmpd/ca.crt, admins: [ ops ]}
          # tokens: /etc/lmpd/tokens    # lines: NAME read TOKEN, NAME admin sha256:HEX
          # audit: /var/log/lmpd/audit  # who changed what; the log says so, too
          limits: {connections: 500, connections-per-peer: 200, event-streams: 100, event-streams-per-peer: 50}
        state: /var/lib/lmpd/lmpd.db    # optional: without it nothing is retained across restarts
        data-plane: external            # linux (network interfaces) | external (an agent reports through the API)
        snmp:                           # optional: the LMP-MIB (RFC 4631), through the machine's SNMP agent
          agentx: unix:/var/agentx/master       # agentXSocket in snmpd.conf; or tcp:127.0.0.1:705
          notifications: [ all ]        # link-property unprotected control-channel te-link data-link; default: none, as the MIB has it
          max-notification-rate: 600    # in a minute; 0: no bound
        limits: {per-source: 5000, total: 20000}    # messages a second beside Hello, from one neighbour's address and together
        log: {level: info}              # trace debug info warning error critical none; optional categories: {protocol: debug}
        otlp: {endpoint: "http://127.0.0.1:4318", interval: 10s, protocol: http}   # optional: metrics to a collector of OpenTelemetry; grpc: port 4317
        neighbors:
          - name: oxc2
            node-id: 10.0.0.2
            wdm: none                   # none | ols (the neighbour is an OLS) | peer (we are the OLS)
            gtsm: true                  # RFC 5082: only what has come over no router; default: false
            security: none              # none | ipsec, with ipsec: {psk-file: /etc/lmpd/oxc2.psk}
            control-channels:
              - id: 1                   # CC_Id
                local: 10.255.0.1
                remote: 10.255.0.2      # port 701 unless "address:port"
                role: active            # active | passive
                interface: eth0         # optional: bind to it, and take its loss as evCCDn; needed for `remote: multicast`
                hello-interval: 150ms           # or {prefer: 150ms, min: 10ms, max: 10s}; 0 with 0 below: no Hello
                hello-dead-interval: 500ms      # likewise
                                        # a plain value is preferred, and 10ms..65535ms accepted; min = max = prefer makes it exact
                retransmit: {interval: 500ms, delta: 1, limit: 3, pause: 2s}   # RFC 4204 §10; pause: after giving up, before starting over
        te-links:
          - name: te1
            neighbor: oxc2
            local-id: 1                 # 1: unnumbered; 192.0.2.1: IPv4; 2001:db8::1: IPv6
            remote-id: 2
            fault-management: true
            link-verification: true
            verification:
              interval: 150ms         # between Test messages (VerifyInterval)
              dead-interval: 1s       # silence after which a data link has failed (VerifyDeadInterval)
              retry: 10s              # an unwilling neighbour is asked again (Rf)
              periodic: 1h            # free data links, again and again; 0: never by itself
              on-establishment: true
              one-at-a-time: false    # true: the hardware can test one data link at a time only
            signal:
              hold-off: 0s            # how long a failure has to last before it counts
              hold-on: 1s             # and its end
            confirm-interval: 1h        # RFC 5818: compare the status of data channels; 0, the default: only on demand and after outages
            confirm-retry: 10min        # after the neighbour was unwilling
            confirm-after-outage: 10s   # 0: not then
            data-links:
              - name: te1-1
                local-id: 101
                remote-id: 201
                interface: eth1         # data-plane linux
                port: true              # false: component link
                switching-type: lsc     # RFC 3471 names: psc-1..4 l2sc tdm lsc fsc
                encoding: lambda        # packet ethernet pdh sdh digital-wrapper lambda fiber fiber-channel
                bandwidth: 10Gbps       # or {min: ..., max: ...}; several switching capabilities: capabilities: [{switching-type, encoding, bandwidth}, ...]
                wavelength: 0
                srlg: [ 11, 22 ]        # these and the next are what an OLS announces (RFC 4209)
                link-groups: [ 7 ]
                ber: 13
                span-length: 80000      # metres
                optical-protection: [ dedicated-1plus1 ]   # RFC 3471 §7 names
                administrative-group: 0x5
                channels: [ 201 ]       # RFC 5818 data channel labels; default: the local-id
        """;
}
