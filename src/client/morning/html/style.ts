/** One column on a phone, two and more where there is room; dark where the reader's device is. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --line: #d8dee4; --paper: #fff; --bad: #b3261e;
  --c0: #9ecbe8; --c1: #6fb1dc; --c2: #3f8fc6; --c3: #f0c36d; --c4: #e79b45; --c5: #d9713a; --c6: #c04a37; --c7: #8f2d2d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #a3adb7; --line: #333a41; --paper: #14171a; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 12px; max-width: 1100px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.35rem; margin: 4px 0; } h2 { font-size: 1.05rem; margin: 22px 0 6px; border-bottom: 2px solid var(--line); }
p { margin: 4px 0; } .soft, figcaption, th { color: var(--soft); } .bad { color: var(--bad); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 14px; }
figure { margin: 8px 0; } figcaption { font-size: .85rem; margin-bottom: 2px; }
svg { width: 100%; height: auto; } svg text { font-size: 10px; fill: var(--soft); } svg .end { text-anchor: end; }
.axis { stroke: var(--line); } .target { stroke: var(--ink); stroke-width: 2; } .over { fill: var(--c6); }
.s0 { fill: var(--c0); } .s1 { fill: var(--c1); } .s2 { fill: var(--c2); } .s3 { fill: var(--c3); }
.s4 { fill: var(--c4); } .s5 { fill: var(--c5); } .s6 { fill: var(--c6); } .s7 { fill: var(--c7); }
.legend { font-size: .8rem; } .legend span { margin-right: 10px; white-space: nowrap; }
.legend i { display: inline-block; width: 10px; height: 10px; margin-right: 4px; }
.k0 { background: var(--c0); } .k1 { background: var(--c1); } .k2 { background: var(--c2); } .k3 { background: var(--c3); }
.k4 { background: var(--c4); } .k5 { background: var(--c5); } .k6 { background: var(--c6); } .k7 { background: var(--c7); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th { font-weight: 500; font-size: .8rem; }
td, th { padding: 4px 6px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top;
  font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } .wide td { white-space: nowrap; } .wide td:nth-child(2) { font-weight: 400; }
small { display: block; white-space: nowrap; color: var(--soft); font-size: .72rem; font-weight: 400; }
td:first-child, th:first-child { text-align: left; } td:nth-child(2) { font-weight: 600; }
details { margin: 6px 0; } summary { cursor: pointer; color: var(--soft); } dt { font-weight: 600; margin-top: 6px; } dd { margin: 0; }
@media (max-width: 480px) { td, th { padding: 4px 3px; } table { font-size: .8rem; } }
@media print { details > * { display: block; } }
`;
