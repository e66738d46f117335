import {quoted} from './command';

/** Where a route's object is. */
interface Place {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
}

/** A route's identity is `cluster/namespace/plural.group/name[/rule]`; null where it is written otherwise. */
export function place(route: string | null | undefined): Place | null {
  const [cluster, namespace, kind, name] = (route ?? '').split('/');
  return cluster && namespace && kind && name ? {cluster, namespace, kind, name} : null;
}

/** Shows the object as the mesh has it now. The context goes by the cluster's name: without one, kubectl would look into another. */
export const kubectl = ({cluster, namespace, kind, name}: Place): string =>
  ['kubectl', '--context', cluster, '-n', namespace, 'get', '-o', 'yaml', '--', kind, name].map(quoted).join(' ');
