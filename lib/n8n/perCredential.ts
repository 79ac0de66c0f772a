import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { isSameForAllItems } from './storedCredential';

/**
 * What is made of the n8n credential as it is for each item: its fields may be expressions, so items can differ. Items with the same values
 * share what is made of them. One without expressions is read once: n8n asks its database and decrypts for each reading.
 */
export function perCredential<Made>(
	context: IExecuteFunctions,
	type: string,
	make: (data: ICredentialDataDecryptedObject) => Made,
): (index: number) => Promise<Made> {
	const known = new Map<string, Made>();
	const madeOf = (data: ICredentialDataDecryptedObject): Made => {
		const id = JSON.stringify(data);
		const made = known.get(id) ?? make(data);
		known.set(id, made);
		return made;
	};
	let isSame: Promise<boolean> | undefined;
	let same: ICredentialDataDecryptedObject | undefined;
	let madeOfSame: { made: Made } | undefined;
	return async (index) => {
		if (madeOfSame) return madeOfSame.made;
		const data: ICredentialDataDecryptedObject = same ?? (await context.getCredentials(type, index));
		isSame ??= isSameForAllItems(context, type, data);
		if (await isSame) same = data;
		const made = madeOf(data);
		if (same) madeOfSame = { made };
		return made;
	};
}
