/** Moca's part of the sandbox's page; hidden while only LearnCoin has something to show. */
export const mocaSection = `
		<section id="moca">
			<h2>Moca Network <small>issued credentials</small></h2>
			<div class="scroll">
				<table id="moca-issued">
					<colgroup><col style="width:28%"><col style="width:22%"><col style="width:21%"><col style="width:15%"><col style="width:14%"></colgroup>
					<thead><tr><th>Recipient</th><th>Program</th><th>Status</th><th>Claim hash</th><th title="UTC">Issued at</th></tr></thead>
					<tbody></tbody>
				</table>
				<p class="empty">Nothing issued yet.</p>
			</div>
		</section>`;

/** Runs in the browser beside the page's own script and uses its functions. Texts are only ever set as text. */
export const mocaScript = String.raw`
function statusCell({ vcStatus, revoked }) {
	const word = revoked ? 'revoked' : vcStatus;
	const tone = revoked ? 'quiet' : { ONCHAIN: 'good', WAIT_ONCHAIN: 'waiting' }[vcStatus] || 'bad';
	return wordCell(word, tone);
}

function credentialRow(credential) {
	const { recipientEmail, programName, coreClaimHash, issuanceDate } = credential;
	const shortHash = coreClaimHash.slice(0, 6) + '…' + coreClaimHash.slice(-4);
	return [
		element('td', recipientEmail, '', recipientEmail),
		element('td', programName, '', programName),
		statusCell(credential),
		element('td', shortHash, 'code', coreClaimHash),
		element('td', issuanceDate.slice(11), 'code', issuanceDate),
	];
}

function showMoca({ counters, issued }, othersAreUsed) {
	const hidden = othersAreUsed && counters.issued === 0;
	document.getElementById('moca').hidden = hidden;
	fill('moca-issued', issued.map(credentialRow));
	return hidden ? [] : [counter('Issued', counters.issued), counter('On-chain', counters.onChain, 'good')];
}
`;
