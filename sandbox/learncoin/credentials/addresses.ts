/** Where a person sees the credential; LearnCoin's own form is `https://learncoin.me/c/<id>`. */
export function verifyUrl(credentialId: string, publicUrl: string): string {
	return `${publicUrl}${verifyPath(credentialId)}`;
}

export const verifyPath = (credentialId: string) => `/c/${credentialId}`;

/** Where a person finds a credential's document, as it was signed and as a forger would have it. */
export function downloadPaths(credentialId: string): { genuine: string; altered: string } {
	const page = verifyPath(credentialId);
	return { genuine: `${page}/credential.json`, altered: `${page}/altered.json` };
}
