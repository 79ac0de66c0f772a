import { accountOf, newAccount } from '../../../sandbox/chain/account';

it('has the address that follows from its key, as that of a known issuer does', () => {
	const known = accountOf({
		kty: 'EC',
		crv: 'secp256k1',
		x: '6_JKJIXL7PJQT9hnr03yQNda_fUfmfrcZpymkRqsmH4',
		y: 'steT4D8LrgwmqASd1EMy6ZyyAqsl-KvNlD7rBhX3za8',
	});
	expect(known.address).toBe('0x40cf9b7db6fcc742ad0a76b8588c7f8de2b54a60');
});

it('compresses its key: the side of y, then x', () => {
	const { jwk, compressedKey } = newAccount();
	const odd = Buffer.from(jwk.y, 'base64url').at(-1)! % 2 === 1;
	expect(Buffer.from(compressedKey).toString('hex')).toBe((odd ? '03' : '02') + Buffer.from(jwk.x, 'base64url').toString('hex'));
});

it('is another one each time, and keeps no private half', () => {
	const [one, other] = [newAccount(), newAccount()];
	expect(one.address).toMatch(/^0x[0-9a-f]{40}$/);
	expect(one.address).not.toBe(other.address);
	expect(Object.keys(one.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
});
