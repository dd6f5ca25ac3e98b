// Who is told when something breaks, and in whose words: one topic, one alarm a trouble, one dashboard with the same
// sentences. A trouble is said as the person who suffers would say it; what to do stands in docs/operations.md.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { justified } from './house.ts';
import type { Settings } from './settings.ts';

/** A metric over five minutes (or what it says itself), and the number from which somebody suffers. */
interface Trouble {
  metric: IMetric;
  /** One Chinese sentence in the words of whoever suffers. */
  words: string;
  atLeast?: number;
  /** Rings when the number is lower than this, or nothing was told at all: what should have happened did not. */
  atMostBelow?: number;
}

export class Watch extends Construct {
  private readonly topic: Topic;
  private readonly alarms: { alarm: Alarm; words: string; metric: IMetric }[] = [];

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: '明窗报警', enforceSSL: true });
    justified(this.topic, 'SNS2', 'The mails carry the sentences of this template only, nothing of a hall.');
    for (const mail of settings.alarmMail) this.topic.addSubscription(new EmailSubscription(mail));
  }

  /** Rings for a trouble, and shows it on the dashboard. The alarm lies in `scope`. */
  over(scope: Construct, id: string, { metric, words, atLeast, atMostBelow }: Trouble): void {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold: atMostBelow ?? atLeast ?? 1,
      evaluationPeriods: 1,
      comparisonOperator:
        atMostBelow === undefined
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData:
        atMostBelow === undefined ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
      alarmDescription: words,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push({ alarm, words, metric });
  }

  /** Rings when a line of a log matches; for what a function tells without failing. */
  overLog(scope: Construct, id: string, log: ILogGroup, pattern: string, words: string): void {
    const filter = new MetricFilter(scope, `${id}Lines`, {
      logGroup: log,
      filterPattern: FilterPattern.literal(pattern),
      metricNamespace: 'Mingchuang',
      metricName: `${scope.node.path.replaceAll('/', '-')}-${id}`,
    });
    this.over(scope, id, { metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }), words });
  }

  /** The one dashboard: what is broken in words first, then how much is going on. To be called last. */
  board(stage: string, usual: { title: string; metrics: IMetric[] }[]): void {
    const lines = this.alarms.map(({ words }) => `- ${words}`).join('\n');
    new Dashboard(this, 'Board', {
      dashboardName: `mingchuang-${stage}`,
      defaultInterval: Duration.days(1),
      widgets: [
        [
          new AlarmStatusWidget({
            title: '谁受影响(红色为正在发生)',
            alarms: this.alarms.map(({ alarm }) => alarm),
            width: 12,
            height: 8,
          }),
          new TextWidget({ markdown: `## 报警时是这些人受影响\n${lines}`, width: 12, height: 8 }),
        ],
        usual.map(
          ({ title, metrics }) => new GraphWidget({ title, left: metrics, width: 24 / usual.length }),
        ),
      ],
    });
  }
}
