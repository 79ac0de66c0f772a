/**
 * The page's own script. Whatever comes from a request is only ever set as text, never as HTML, so it needs no escaping.
 * Kept as text because it runs in a browser, untouched by a compiler.
 */
export const pageScript = String.raw`
'use strict';

function element(tag, text, className, title) {
	const node = document.createElement(tag);
	node.textContent = text;
	if (className) node.className = className;
	if (title) node.title = title;
	return node;
}

function fill(tableId, rows) {
	const table = document.getElementById(tableId);
	table.tBodies[0].replaceChildren(...rows.map((cells) => {
		const row = document.createElement('tr');
		row.append(...cells);
		return row;
	}));
	table.parentElement.classList.toggle('has-rows', rows.length > 0);
}

function counter(label, value, tone) {
	const group = document.createElement('div');
	group.append(element('dt', label), element('dd', value.toLocaleString('en'), value > 0 ? tone : ''));
	return group;
}

function clock(ms) {
	return new Date(ms).toLocaleTimeString('en-GB');
}

function wordCell(word, tone, title) {
	const cell = document.createElement('td');
	cell.append(element('span', word, 'word ' + tone, title));
	return cell;
}

function httpTone(status) {
	if (status >= 200 && status < 300) return 'good';
	return status >= 400 && status < 500 ? 'waiting' : 'bad';
}

function requestRow(request) {
	const path = request.path.split('?')[0];
	const http = element('td', request.status === 0 ? 'cut' : request.status, 'number ' + httpTone(request.status));
	if (request.faulted) http.title = 'A fault was played here';
	return [
		element('td', clock(request.at), 'code'),
		element('td', request.method),
		element('td', path, '', request.path),
		element('td', request.recipientEmail || '–', '', request.recipientEmail),
		http,
		element('td', request.durationMs, 'number'),
	];
}

function show(state) {
	const learnCoinCounters = showLearnCoin(state.learncoin);
	document.getElementById('counters').replaceChildren(
		...showMoca(state.moca, learnCoinCounters.length > 0),
		...learnCoinCounters,
		counter('Refused', state.counters.refused, 'waiting'),
		counter('Requests', state.counters.requests),
		counter('Max in flight', state.counters.maxInFlight),
	);
	showChain(state.chain);
	fill('requests', state.requests.map(requestRow));
}

function showConnection(live) {
	const connection = document.getElementById('connection');
	connection.textContent = live ? 'Live' : 'Stopped: the sandbox does not answer';
	connection.className = live ? 'live' : 'stopped';
}

async function refresh() {
	try {
		const response = await fetch('/_sandbox/state?bodies=false');
		show(await response.json());
		showConnection(true);
	} catch {
		showConnection(false);
	}
	setTimeout(refresh, 1000);
}

refresh();
`;
