/** The page's style: light, readable, nothing to load. */
export const pageStyle = `
:root {
	--ink: #1c2430; --quiet: #667085; --line: #e4e7ec; --paper: #ffffff; --ground: #f5f6f8;
	--good: #067647; --good-ground: #e7f6ee; --waiting: #b54708; --waiting-ground: #fef3e2; --bad: #b42318; --bad-ground: #fdeceb;
}
* { box-sizing: border-box; margin: 0; }
body {
	background: var(--ground); color: var(--ink); font: 13px/1.45 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
	height: 100vh; display: flex; flex-direction: column; gap: 16px; padding: 20px 24px;
}
header { display: flex; justify-content: space-between; align-items: center; gap: 24px; }
h1 { font-size: 20px; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 14px; font-weight: 650; padding: 12px 16px; border-bottom: 1px solid var(--line); }
h2 small { color: var(--quiet); font-weight: 400; font-size: 13px; margin-left: 6px; }
#connection { color: var(--quiet); display: flex; align-items: center; gap: 6px; }
#connection::before { content: ''; width: 8px; height: 8px; border-radius: 50%; background: var(--good); }
#connection.stopped { color: var(--bad); }
#connection.stopped::before { background: var(--bad); }
#counters { display: flex; gap: 12px; }
#counters div {
	background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 8px 16px; min-width: 112px;
	display: flex; flex-direction: column;
}
dt { color: var(--quiet); }
dd { font-size: 22px; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.column { min-width: 0; min-height: 0; display: flex; flex-direction: column; gap: 16px; }
section {
	background: var(--paper); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; flex: 1; min-height: 0;
	display: flex; flex-direction: column;
}
section[hidden] { display: none; }
.scroll { flex: 1; min-height: 0; overflow-y: auto; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 12.5px; }
th {
	position: sticky; top: 0; background: var(--paper); color: var(--quiet); font-weight: 500; text-align: left;
	box-shadow: inset 0 -1px var(--line);
}
th, td { padding: 6px 5px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
th:first-child, td:first-child { padding-left: 16px; }
th:last-child, td:last-child { padding-right: 16px; }
tbody tr + tr td { border-top: 1px solid #f0f2f5; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 11.5px; }
.good { color: var(--good); }
.waiting { color: var(--waiting); }
.bad { color: var(--bad); }
.quiet { color: var(--quiet); }
#chain { color: var(--quiet); white-space: pre-line; overflow-wrap: anywhere; }
.word { display: inline-block; padding: 0 7px; border-radius: 10px; font-size: 10.5px; font-weight: 600; line-height: 18px; }
.word.good { background: var(--good-ground); }
.word.waiting { background: var(--waiting-ground); }
.word.bad { background: var(--bad-ground); }
.word.quiet { background: var(--ground); }
.empty { color: var(--quiet); padding: 28px 16px; text-align: center; }
.has-rows .empty { display: none; }
@media (max-width: 900px) { body { height: auto; } main { grid-template-columns: 1fr; } }
`;
