/// A list's element that has a name of its own, so that it is known again at another place.
protocol NamedElement {
  var elementName: String { get }
}

extension EndpointSlice.Endpoint: NamedElement {
  var elementName: String { target?.name ?? address?.description ?? "" }
}

extension EndpointSlice.Port: NamedElement {
  var elementName: String { name.isEmpty ? "\(number)" : name }
}

extension Node.Taint: NamedElement {
  var elementName: String { "\(key):\(effect)" }
}

extension OwnerReference: NamedElement {
  var elementName: String { name }
}

extension Service.Port: NamedElement {
  var elementName: String { name.isEmpty ? "\(number)" : name }
}

extension CustomResourceDefinition.Version: NamedElement {
  var elementName: String { name }
}

extension AdmissionWebhook: NamedElement {
  var elementName: String { name }
}
