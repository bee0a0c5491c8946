import { Button, Space } from 'antd';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';

interface PageFaultProps {
  readonly children: ReactNode;
  /** Another way on than to load the window again. */
  readonly elsewhere?: ReactNode;
}

/** Instead of a blank window where a page could not be shown: what happened, and the way on. Give it a key for it to begin anew. */
export class PageFault extends Component<PageFaultProps, { readonly trouble: string | null }> {
  override readonly state: { readonly trouble: string | null } = { trouble: null };

  static getDerivedStateFromError(error: unknown): { readonly trouble: string } {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { trouble } = this.state;
    if (trouble === null) return this.props.children;
    return (
      <div role="alert">
        <EmptyState
          title="这一页没有显示出来"
          says="程序出了意外。材料和填写的内容都保存在档案库里，没有丢失。请重新载入；如果反复出现，请到“设置 → 关于”保存问题报告。"
          action={
            <Space>
              <Button type="primary" onClick={() => location.reload()} data-testid="page-fault-reload">
                重新载入
              </Button>
              {this.props.elsewhere}
            </Space>
          }
          testId="page-fault"
        />
        <p className="page-fault-detail">{trouble.slice(0, 300)}</p>
      </div>
    );
  }
}
