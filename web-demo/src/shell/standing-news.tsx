// What stays at the top of every page until somebody has dealt with it: a newer version of the playground.
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useMemo } from 'react';
import { updateWords } from '../words-of-updates';
import { useNews, type News } from './updates';

export function useStandingNews(): FlashbarProps.MessageDefinition[] {
  const [news, reload] = useNews();
  return useMemo(() => (news ? [flash(news, reload)] : []), [news, reload]);
}

function flash(news: News, reload: () => void): FlashbarProps.MessageDefinition {
  const { title, text } = updateWords[news];
  return {
    id: `news-${news}`,
    type: news === 'missing' ? 'warning' : 'info',
    header: title,
    content: text,
    action: <Button onClick={reload}>{updateWords.reload}</Button>,
  };
}
