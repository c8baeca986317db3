import ClusterGraph
package import KubernetesObjects

/// What the monitor is told of kinds besides what KPatrol knows of them.
extension ClusterMonitor {
  /// Takes in what is known of kinds from now on, and lists those again of which something else is kept.
  package func setExtensions(_ new: [ObjectKind: KindExtension]) {
    let old = extensions
    extensions = new
    let kinds = Set(old.keys).union(new.keys)
    update { graph, touched in
      for kind in kinds { graph.setExtension(of: kind, to: new[kind], touching: &touched) }
    }
    for id in streams.keys where old[id.kind]?.projection != new[id.kind]?.projection {
      restart(id)
    }
  }
}
