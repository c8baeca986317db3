/// The kinds whose fields KPatrol reads; of all others it keeps the metadata.
enum Kinds {
  static let all: [any TypedRecord.Type] = [
    CustomResourceDefinition.self,
    Namespace.self,
    Node.self,
    PersistentVolume.self,
    Pod.self,
    ResourceQuota.self,
    Service.self,
  ]
}
