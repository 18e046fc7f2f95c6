interface Shipped {
  name: string;
  version: string;
  from: string;
}
export function nugetPackages(): Shipped[];
export function npmPackages(): Shipped[];
