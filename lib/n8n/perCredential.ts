import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * What is made of the n8n credential as it is for each item: its fields may be expressions, so items can differ. Items with the same values
 * share what is made of them.
 */
export function perCredential<Made>(
	context: IExecuteFunctions,
	type: string,
	make: (data: ICredentialDataDecryptedObject) => Made,
): (index: number) => Promise<Made> {
	const known = new Map<string, Made>();
	return async (index) => {
		const data = await context.getCredentials(type, index);
		const id = JSON.stringify(data);
		const made = known.get(id) ?? make(data);
		known.set(id, made);
		return made;
	};
}
