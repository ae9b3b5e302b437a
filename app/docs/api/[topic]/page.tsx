import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { neighboursOf, topicHref } from "@/components/docs/frame/docs-sections";
import { TopicView } from "@/components/docs/reference/topic-view";
import { docsMetadata, docsReference } from "../../docs-reference";

type Props = { params: Promise<{ topic: string }> };

async function readTopic({ params }: Props) {
  const { topic } = await params;
  return docsReference().chapters.find(({ id }) => id === topic) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const chapter = await readTopic(props);
  return docsMetadata(`${chapter.name} API`, topicHref(chapter), chapter.description);
}

export default async function TopicPage(props: Props) {
  const chapter = await readTopic(props);
  return <TopicView chapter={chapter} neighbours={neighboursOf(docsReference(), topicHref(chapter))} />;
}
