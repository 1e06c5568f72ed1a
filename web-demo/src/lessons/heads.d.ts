// What the plugin of Vite in `lesson-heads.ts` makes of all lessons.
declare module 'virtual:lesson-heads' {
  const heads: readonly import('./lesson').LessonHead[];
  export default heads;
}
