import ClusterGraph
import Inspection
import KubernetesObjects

extension TemplateSubject {
  /// Whether its Pods hold a token for the API server.
  ///
  /// A Pod that was admitted tells: the volume with the token holds `kube-root-ca.crt` as well.
  func mountsToken(in cluster: ClusterView) -> Bool {
    guard !template.options.contains(.mountsNoToken) else { return false }
    if let admitted = admittedTemplate(in: cluster),
      !(record is Pod) || !admitted.configurations.isEmpty
    {
      return admitted.configurations.contains {
        $0.source == .configMap && $0.name == "kube-root-ca.crt"
      }
    }
    if template.options.contains(.mountsToken) { return true }
    return account(in: cluster)?.mountsToken ?? true
  }

  /// The ServiceAccount that it names, where that is known.
  func account(in cluster: ClusterView) -> ServiceAccount? {
    cluster.targets(over: .serviceAccount).first?.presence.record as? ServiceAccount
  }

  /// Whether it runs as the account that every namespace has.
  var usesDefaultAccount: Bool {
    template.serviceAccount.isEmpty || template.serviceAccount == "default"
  }
}
