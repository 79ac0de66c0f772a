import { newAccount, type Account } from '../../chain/account';

/** Who can send anchoring transactions. New at every start. */
export interface IssuerAccounts {
	/** LearnCoin claims a secp256k1 key for each tenant; its address is what the DID document leads to. */
	tenant: Account;
	/** A key of LearnCoin's that no DID document names. */
	other: Account;
}

export function newIssuerAccounts(): IssuerAccounts {
	return { tenant: newAccount(), other: newAccount() };
}
