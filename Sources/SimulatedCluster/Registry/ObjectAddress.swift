/// Where one object is: the resource under which it is stored, its namespace and name.
struct ObjectAddress: Hashable, Sendable {
  let resource: ServedResource
  let namespace: String
  let name: String

  init(_ resource: ServedResource, namespace: String = "", name: String) {
    self.resource = resource.storage
    self.namespace = resource.isNamespaced ? namespace : ""
    self.name = name
  }

  init(_ object: StoredObject) {
    self.init(object.resource, namespace: object.namespace, name: object.name)
  }

  var path: String { StoredObject.path(namespace: namespace, name: name) }
}
