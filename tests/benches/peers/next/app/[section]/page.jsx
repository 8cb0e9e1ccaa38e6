import { List } from '../../components/list';
import { sections } from '../../lib/articles';

export const dynamicParams = false;

export const generateStaticParams = () => sections.map(({ slug }) => ({ section: slug }));

export default async function Section({ params }) {
  const { section } = await params;
  const { title, cards } = sections.find((it) => it.slug === section);
  return <List title={title} cards={cards} />;
}
