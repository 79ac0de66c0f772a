import type { Locator } from 'playwright-core';

/** An icon as the page shows it. */
export interface Icon {
	/** Without the server's part. */
	path: string;
	/** Whether it was loaded and is wider and higher than nothing. */
	isShown: boolean;
}

/** Reads an icon when it has loaded, or has failed to. */
export const readIcon = async (icon: Locator): Promise<Icon> =>
	await icon.evaluate(async (image: HTMLImageElement) => {
		await image.decode().catch(() => {});
		const { width, height } = image.getBoundingClientRect();
		return { path: new URL(image.src).pathname, isShown: image.naturalWidth > 0 && width > 0 && height > 0 };
	});
