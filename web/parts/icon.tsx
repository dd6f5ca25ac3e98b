// The icons of the house, drawn from Ant Design's open set so that tablets and desks show the same ones. Add a name
// here to use it; nothing of the set is loaded that is not named.
import AlertOutlined from '@ant-design/icons-svg/es/asn/AlertOutlined';
import ApartmentOutlined from '@ant-design/icons-svg/es/asn/ApartmentOutlined';
import AudioOutlined from '@ant-design/icons-svg/es/asn/AudioOutlined';
import AuditOutlined from '@ant-design/icons-svg/es/asn/AuditOutlined';
import BarChartOutlined from '@ant-design/icons-svg/es/asn/BarChartOutlined';
import BulbOutlined from '@ant-design/icons-svg/es/asn/BulbOutlined';
import CalendarOutlined from '@ant-design/icons-svg/es/asn/CalendarOutlined';
import CameraOutlined from '@ant-design/icons-svg/es/asn/CameraOutlined';
import CheckOutlined from '@ant-design/icons-svg/es/asn/CheckOutlined';
import CheckSquareOutlined from '@ant-design/icons-svg/es/asn/CheckSquareOutlined';
import ClockCircleOutlined from '@ant-design/icons-svg/es/asn/ClockCircleOutlined';
import CloseOutlined from '@ant-design/icons-svg/es/asn/CloseOutlined';
import CloudUploadOutlined from '@ant-design/icons-svg/es/asn/CloudUploadOutlined';
import CommentOutlined from '@ant-design/icons-svg/es/asn/CommentOutlined';
import CompassOutlined from '@ant-design/icons-svg/es/asn/CompassOutlined';
import DeleteOutlined from '@ant-design/icons-svg/es/asn/DeleteOutlined';
import DisconnectOutlined from '@ant-design/icons-svg/es/asn/DisconnectOutlined';
import ExportOutlined from '@ant-design/icons-svg/es/asn/ExportOutlined';
import EyeInvisibleOutlined from '@ant-design/icons-svg/es/asn/EyeInvisibleOutlined';
import FileTextOutlined from '@ant-design/icons-svg/es/asn/FileTextOutlined';
import FlagOutlined from '@ant-design/icons-svg/es/asn/FlagOutlined';
import HighlightOutlined from '@ant-design/icons-svg/es/asn/HighlightOutlined';
import ImportOutlined from '@ant-design/icons-svg/es/asn/ImportOutlined';
import LeftOutlined from '@ant-design/icons-svg/es/asn/LeftOutlined';
import LikeOutlined from '@ant-design/icons-svg/es/asn/LikeOutlined';
import LogoutOutlined from '@ant-design/icons-svg/es/asn/LogoutOutlined';
import MailOutlined from '@ant-design/icons-svg/es/asn/MailOutlined';
import OrderedListOutlined from '@ant-design/icons-svg/es/asn/OrderedListOutlined';
import PictureOutlined from '@ant-design/icons-svg/es/asn/PictureOutlined';
import PlusOutlined from '@ant-design/icons-svg/es/asn/PlusOutlined';
import PrinterOutlined from '@ant-design/icons-svg/es/asn/PrinterOutlined';
import QrcodeOutlined from '@ant-design/icons-svg/es/asn/QrcodeOutlined';
import ReloadOutlined from '@ant-design/icons-svg/es/asn/ReloadOutlined';
import SafetyCertificateOutlined from '@ant-design/icons-svg/es/asn/SafetyCertificateOutlined';
import ScanOutlined from '@ant-design/icons-svg/es/asn/ScanOutlined';
import SearchOutlined from '@ant-design/icons-svg/es/asn/SearchOutlined';
import SettingOutlined from '@ant-design/icons-svg/es/asn/SettingOutlined';
import SolutionOutlined from '@ant-design/icons-svg/es/asn/SolutionOutlined';
import StarOutlined from '@ant-design/icons-svg/es/asn/StarOutlined';
import SwapOutlined from '@ant-design/icons-svg/es/asn/SwapOutlined';
import TrophyOutlined from '@ant-design/icons-svg/es/asn/TrophyOutlined';
import UndoOutlined from '@ant-design/icons-svg/es/asn/UndoOutlined';
import UserOutlined from '@ant-design/icons-svg/es/asn/UserOutlined';
import UserSwitchOutlined from '@ant-design/icons-svg/es/asn/UserSwitchOutlined';
import VideoCameraOutlined from '@ant-design/icons-svg/es/asn/VideoCameraOutlined';
import WarningOutlined from '@ant-design/icons-svg/es/asn/WarningOutlined';
import type { AbstractNode, IconDefinition } from '@ant-design/icons-svg/es/types';
import { createElement, type ReactElement } from 'react';

const icons = {
  alert: AlertOutlined,
  audio: AudioOutlined,
  audit: AuditOutlined,
  bulb: BulbOutlined,
  calendar: CalendarOutlined,
  chart: BarChartOutlined,
  complaint: CommentOutlined,
  department: ApartmentOutlined,
  document: FileTextOutlined,
  honour: TrophyOutlined,
  leave: SwapOutlined,
  letter: MailOutlined,
  own: UserOutlined,
  patrol: ScanOutlined,
  photo: PictureOutlined,
  seal: SafetyCertificateOutlined,
  search: SearchOutlined,
  settings: SettingOutlined,
  'sign-out': LogoutOutlined,
  star: StarOutlined,
  talk: SolutionOutlined,
  todo: CheckSquareOutlined,
  video: VideoCameraOutlined,
  camera: CameraOutlined,
  voice: AudioOutlined,
  check: CheckOutlined,
  clock: ClockCircleOutlined,
  close: CloseOutlined,
  upload: CloudUploadOutlined,
  compass: CompassOutlined,
  remove: DeleteOutlined,
  offline: DisconnectOutlined,
  blurred: EyeInvisibleOutlined,
  export: ExportOutlined,
  import: ImportOutlined,
  flag: FlagOutlined,
  report: FileTextOutlined,
  draw: HighlightOutlined,
  back: LeftOutlined,
  praise: LikeOutlined,
  list: OrderedListOutlined,
  add: PlusOutlined,
  print: PrinterOutlined,
  qr: QrcodeOutlined,
  again: ReloadOutlined,
  undo: UndoOutlined,
  'person-switch': UserSwitchOutlined,
  warning: WarningOutlined,
} satisfies Record<string, IconDefinition>;

export type IconName = keyof typeof icons;

const drawn = (node: AbstractNode, key: number): ReactElement =>
  createElement(node.tag, { ...node.attrs, key }, ...(node.children ?? []).map(drawn));

/** Beside words it is hidden from readers; alone it must be given a `label`. */
export const Icon = ({ name, label }: { name: IconName; label?: string }): ReactElement => {
  const { icon } = icons[name];
  const node = typeof icon === 'function' ? icon('currentColor', 'none') : icon;
  return (
    <svg
      className="icon"
      viewBox={node.attrs.viewBox ?? '64 64 896 896'}
      aria-hidden={label === undefined}
      aria-label={label}
      role={label === undefined ? undefined : 'img'}
    >
      {label === undefined ? null : <title>{label}</title>}
      {(node.children ?? []).map(drawn)}
    </svg>
  );
};
