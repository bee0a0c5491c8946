import { DatePicker } from 'antd';

interface DayPickerProps {
  readonly className: string;
  readonly label: string;
  readonly placeholder: string;
  /** First day that may be chosen, `YYYY-MM-DD`; any where it is left out. */
  readonly from?: string;
  /** With the day as `YYYY-MM-DD`, empty once none is chosen. */
  readonly onDay: (day: string) => void;
}

/** A day from the calendar. */
export function DayPicker({ className, label, placeholder, from = '', onDay }: DayPickerProps) {
  return <DatePicker className={className} aria-label={label} placeholder={placeholder} disabledDate={(day) => day.format('YYYY-MM-DD') < from} onChange={(_day, text) => onDay(typeof text === 'string' ? text : '')} />;
}
