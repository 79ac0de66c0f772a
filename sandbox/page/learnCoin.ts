/** LearnCoin's part of the sandbox's page; hidden until LearnCoin has something to show. */
export const learnCoinSections = `
		<section id="learncoin-batches-section" hidden>
			<h2>LearnCoin <small>batches</small></h2>
			<div class="scroll">
				<table id="learncoin-batches">
					<colgroup><col style="width:38%"><col style="width:16%"><col style="width:15%"><col style="width:15%"><col style="width:16%"></colgroup>
					<thead><tr><th>Batch</th><th>Status</th><th>Created</th><th>Anchored</th><th class="number">Credentials</th></tr></thead>
					<tbody></tbody>
				</table>
				<p class="empty">No batch yet.</p>
			</div>
		</section>
		<section id="learncoin-credentials-section" hidden>
			<h2>LearnCoin <small>credentials, with page and document</small></h2>
			<div class="scroll">
				<table id="learncoin-credentials">
					<colgroup><col style="width:24%"><col style="width:24%"><col style="width:16%"><col style="width:12%"><col style="width:24%"></colgroup>
					<thead><tr><th>Recipient</th><th>Achievement</th><th>Status</th><th>Page</th><th title="What LearnCoin signed, to try Verify with">Document</th></tr></thead>
					<tbody></tbody>
				</table>
				<p class="empty">No credential yet.</p>
			</div>
		</section>
		<section id="learncoin-deliveries-section" hidden>
			<h2>LearnCoin <small>deliveries to webhooks, with their answers</small></h2>
			<div class="scroll">
				<table id="learncoin-deliveries">
					<colgroup><col style="width:13%"><col style="width:24%"><col style="width:31%"><col style="width:16%"><col style="width:16%"></colgroup>
					<thead><tr><th>Time</th><th>Event</th><th>To</th><th>State</th><th title="The HTTP status of each attempt">Answers</th></tr></thead>
					<tbody></tbody>
				</table>
				<p class="empty">Nothing delivered yet.</p>
			</div>
		</section>`;

/** Runs in the browser beside the page's own script and uses its functions. Texts are only ever set as text. */
export const learnCoinScript = String.raw`
const batchTones = { anchored: 'good', signed: 'waiting', pending: 'waiting', failed: 'bad' };

function batchRow({ id, environment, status, count, createdAt, anchoredAt, error }) {
	return [
		element('td', id, 'code', id + ' (' + environment + ')'),
		wordCell(status, batchTones[status], error),
		element('td', clock(createdAt), 'code'),
		element('td', anchoredAt ? clock(anchoredAt) : '–', 'code'),
		element('td', count, 'number'),
	];
}

function linksCell(links) {
	const cell = document.createElement('td');
	for (const [text, path, title] of links) {
		const link = element('a', text, '', title);
		link.href = path;
		cell.append(link, ' ');
	}
	return cell;
}

function badgeRow({ id, recipient, achievement, status, revoked, erased, files }) {
	const word = [revoked && 'revoked', erased && 'erased'].filter(Boolean).join(', ') || status;
	const page = linksCell([['open', '/c/' + encodeURIComponent(id), id]]);
	const file = linksCell(files ? [['download', files.genuine], ['altered', files.altered, 'The same with a letter changed']] : []);
	return [
		element('td', recipient, '', recipient),
		element('td', achievement, '', achievement),
		wordCell(word, revoked || erased ? 'quiet' : batchTones[status]),
		page,
		file,
	];
}

const deliveryTones = { delivered: 'good', waiting: 'waiting', failed: 'bad' };

function deliveryRow({ eventId, type, url, state, attempts }) {
	const answers = attempts.map(({ status }) => status || 'none').join(', ');
	const details = attempts.map(({ at, status, durationMs, answer }) => clock(at) + '  ' + status + '  ' + durationMs + ' ms  ' + answer);
	return [
		element('td', attempts.length > 0 ? clock(attempts[0].at) : '–', 'code'),
		element('td', type, '', eventId),
		element('td', url, '', url),
		wordCell(state, deliveryTones[state]),
		element('td', answers || '–', 'code', details.join('\n')),
	];
}

function showLearnCoin({ counters, batches, credentials, deliveries, webhooks }) {
	const used = counters.batches + counters.webhooks + counters.deliveries > 0;
	document.getElementById('learncoin-batches-section').hidden = !used;
	document.getElementById('learncoin-credentials-section').hidden = !used;
	document.getElementById('learncoin-deliveries-section').hidden = counters.webhooks + counters.deliveries === 0;
	fill('learncoin-batches', batches.map(batchRow));
	fill('learncoin-credentials', credentials.map(badgeRow));
	fill('learncoin-deliveries', deliveries.map(deliveryRow));
	if (!used) return [];
	return [counter('Batches', counters.batches), counter('Anchored', counters.anchored, 'good'), counter('Deliveries', counters.deliveries)];
}
`;
