/** The chain's part of the sandbox's page, one line: where its endpoint is. Hidden until something was anchored. */
export const chainSection = `
		<p id="chain" class="code" hidden></p>`;

/** Runs in the browser beside the page's own script and uses its functions. Texts are only ever set as text. */
export const chainScript = String.raw`
function showChain({ networks }) {
	const used = networks.filter(({ transactions }) => transactions > 0);
	const lines = used.map(({ chainId, path }) =>
		'RPC URL (chain ' + chainId + '): ' + location.origin + path);
	const chain = document.getElementById('chain');
	chain.hidden = used.length === 0;
	chain.textContent = lines.join('\n');
}
`;
