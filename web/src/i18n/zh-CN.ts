import gateway from './messages/zh-CN/gateway.json';
import platform from './messages/zh-CN/platform.json';
import shell from './messages/zh-CN/shell.json';

const messages: Record<string, string> = { ...shell, ...gateway, ...platform };
export default messages;
