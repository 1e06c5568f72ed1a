// The start page: lessons as tiles, and worlds to begin with.
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { HEADS } from '../../lessons/catalogue';
import { Info } from '../../parts/info';
import { words } from '../../words';
import { LessonTile } from './lesson-tile';
import { Worlds } from './worlds';

const { start } = words;

export default function StartPage() {
  return (
    <SpaceBetween size="l">
      <Header variant="h1" info={<Info />} description={start.text}>
        {start.heading}
      </Header>
      <section aria-labelledby="lessons">
        <SpaceBetween size="m">
          <Header variant="h2" description={start.lessonsText}>
            <span id="lessons">{start.lessons}</span>
          </Header>
          <ul className="tiles">
            {HEADS.map((head) => (
              <li key={head.id}>
                <LessonTile head={head} />
              </li>
            ))}
          </ul>
        </SpaceBetween>
      </section>
      <Worlds />
    </SpaceBetween>
  );
}
