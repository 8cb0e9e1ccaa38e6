import { List } from '../components/list';
import { front, site } from '../lib/articles';

export default function Front() {
  return <List title={site.title} cards={front.cards} />;
}
