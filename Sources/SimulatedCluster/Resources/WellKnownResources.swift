/// The resources that controllers and special rules name.
extension ServedResource {
  static let apiServices = builtIn("apiservices.apiregistration.k8s.io")
  static let clusterRoles = builtIn("clusterroles.rbac.authorization.k8s.io")
  static let configMaps = builtIn("configmaps")
  static let controllerRevisions = builtIn("controllerrevisions.apps")
  static let customResourceDefinitions = builtIn("customresourcedefinitions.apiextensions.k8s.io")
  static let deployments = builtIn("deployments.apps")
  static let endpointSlices = builtIn("endpointslices.discovery.k8s.io")
  static let endpoints = builtIn("endpoints")
  static let events = builtIn("events")
  static let eventsOfTheirOwnGroup = builtIn("events.events.k8s.io")
  static let horizontalPodAutoscalers = builtIn("horizontalpodautoscalers.autoscaling")
  static let leases = builtIn("leases.coordination.k8s.io")
  static let namespaces = builtIn("namespaces")
  static let nodes = builtIn("nodes")
  static let persistentVolumeClaims = builtIn("persistentvolumeclaims")
  static let persistentVolumes = builtIn("persistentvolumes")
  static let podDisruptionBudgets = builtIn("poddisruptionbudgets.policy")
  static let pods = builtIn("pods")
  static let replicaSets = builtIn("replicasets.apps")
  static let resourceQuotas = builtIn("resourcequotas")
  static let secrets = builtIn("secrets")
  static let serviceAccounts = builtIn("serviceaccounts")
  static let services = builtIn("services")
  static let storageClasses = builtIn("storageclasses.storage.k8s.io")
  static let storageDrivers = builtIn("csidrivers.storage.k8s.io")

  private static func builtIn(_ qualifiedPlural: String) -> ServedResource {
    guard let found = BuiltInResources.byQualifiedPlural[qualifiedPlural] else {
      preconditionFailure("\(qualifiedPlural) is not in the table of built-in resources.")
    }
    return found
  }

  /// Kinds whose `metadata.generation` counts changes of the spec.
  var hasGeneration: Bool {
    guard !isCustom else { return true }
    return hasStatus
      && !["Namespace", "Node", "PersistentVolume", "PersistentVolumeClaim", "Service"]
        .contains(kind)
  }
}

extension BuiltInResources {
  /// The preferred version of each resource.
  static let byQualifiedPlural = Dictionary(
    all.map { ($0.qualifiedPlural, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}
