import Inspection
import KubernetesObjects

/// The checks of what nobody uses, kind by kind.
enum UnusedObjects {
  static let configMap = UnusedObject<ConfigMap>(
    "dangling/configmap",
    of: PodTemplateSubject.kinds,
    over: [.configuration],
    """
    No workload, no Pod and no custom resource names this ConfigMap. It may be left over from a \
    workload that was removed or renamed; or a program reads it from the API server by its name, \
    which nothing shows. \
    Verify: kubectl get pods,deployments,statefulsets,daemonsets,jobs,cronjobs -n NAMESPACE -o yaml \
    | grep NAME
    """
  )

  static let priorityClass = UnusedObject<PriorityClass>(
    "dangling/priority-class",
    of: PodTemplateSubject.kinds,
    over: [.priorityClass],
    unless: { $0.isGlobalDefault },
    """
    No workload and no Pod has this priority. It may be left over from a workload that was removed. \
    Verify: kubectl get pods -A -o jsonpath='{.items[*].spec.priorityClassName}'
    """
  )

  static let secret = UnusedObject<Secret>(
    "dangling/secret",
    of: PodTemplateSubject.kinds + [Ingress.kind, ServiceAccount.kind],
    over: [.accountSecret, .certificate, .configuration, .pullSecret, .storageSecret],
    """
    No workload, Pod, ServiceAccount, Ingress, Gateway, StorageClass or custom resource names this \
    Secret. What nobody needs can still be stolen: credentials that are left over are worth being \
    revoked and deleted. A program may read it from the API server by its name, which nothing shows. \
    Verify: kubectl get pods,deployments,statefulsets,daemonsets,jobs,cronjobs -n NAMESPACE -o yaml \
    | grep NAME
    """
  )

  static let serviceAccount = UnusedObject<ServiceAccount>(
    "dangling/service-account",
    of: PodTemplateSubject.kinds + [ClusterRoleBinding.kind, RoleBinding.kind],
    over: [.serviceAccount, .subject],
    """
    No workload and no Pod runs as this ServiceAccount, and no binding gives it a role. It may be \
    left over from a workload that was removed. \
    Verify: kubectl get pods -n NAMESPACE -o jsonpath='{.items[*].spec.serviceAccountName}'
    """
  )

  static let storageClass = UnusedObject<StorageClass>(
    "dangling/storage-class-unused",
    of: [PersistentVolume.kind, PersistentVolumeClaim.kind],
    over: [.storageClass],
    unless: { $0.isDefault },
    """
    No claim and no volume is of this StorageClass, and it is not the default. It may be left over \
    from storage that was replaced. \
    Verify: kubectl get pvc -A -o jsonpath='{.items[*].spec.storageClassName}'
    """
  )
}
