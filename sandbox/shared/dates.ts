/** Whether a text that begins with YYYY-MM-DD names a point in time, on a day that exists. */
export function isRealDate(text: string): boolean {
	if (Number.isNaN(Date.parse(text))) return false;
	// Date.parse rolls February 30th over to March; a date that exists comes back as it was.
	const day = text.slice(0, 10);
	return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
