import { sections } from '#lib/articles.server.js';

export const entries = () => sections.map(({ slug }) => ({ section: slug }));

export function load({ params }) {
	const { title, cards } = sections.find((it) => it.slug === params.section);
	return { title, cards };
}
