import KubernetesObjects
import UserConfiguration

/// What is known of NetBox's REST API (version 3 and later).
enum NetBox {
  /// The endpoints that tell of machines, or of addresses, each with where its records have what.
  static func endpoints(
    of settings: InventorySettings,
    at root: String,
    pageSize: Int
  ) -> [Endpoint] {
    let root = root.hasSuffix("/") ? String(root.dropLast()) : root
    let collections: [(path: String, fields: [InventorySettings.Field: [RecordPath]])] =
      switch settings.kind {
      case .cmdb: [("dcim/devices", devices), ("virtualization/virtual-machines", virtualMachines)]
      case .ipam: [("ipam/ip-addresses", addresses), ("ipam/prefixes", prefixes)]
      }
    return collections.map { path, fields in
      Endpoint(
        url: "\(root)/api/\(path)/?limit=\(pageSize)",
        format: .json,
        records: RecordPath(name: "results"),
        paging: .nextLink(RecordPath(name: "next")),
        pageSize: pageSize,
        total: RecordPath(name: "count"),
        mapping: RecordMapping(settings, known: fields),
        name: path
      )
    }
  }

  /// How an address is released: its record is kept, so that it can be taken back, and has a status that
  /// says that nobody shall use it; `DELETE` forgets the record, with all that it says.
  static func releaseRule(
    at root: String,
    _ release: InventorySettings.Release
  ) -> ReleaseRule {
    let root = root.hasSuffix("/") ? String(root.dropLast()) : root
    var rule = ReleaseRule(release.method ?? .patch, "\(root)/api/ipam/ip-addresses/{id}/")
    guard rule.method == .patch else { return rule }
    rule.body = release.body ?? #"{"status":"deprecated"}"#
    rule.undo = release.undo ?? (release.body == nil ? #"{"status":"{state}"}"# : "")
    return rule
  }

  private static let devices: [InventorySettings.Field: [RecordPath]] = paths([
    .address: ["primary_ip4.address", "primary_ip6.address"],
    .cluster: ["custom_fields.kubernetes_cluster", "cluster.name"],
    .hostname: ["name"],
    .owner: ["tenant.name"],
    .providerID: ["custom_fields.provider_id"],
    .rack: ["rack.name"],
    .serial: ["serial"],
    .state: ["status.value"],
    .systemUUID: ["custom_fields.system_uuid"],
  ])

  /// They are in no rack; a serial number they have since version 4.1.
  private static let virtualMachines = devices.filter { $0.key != .rack }

  private static let addresses: [InventorySettings.Field: [RecordPath]] = paths([
    .address: ["address"],
    .cluster: ["custom_fields.kubernetes_cluster"],
    .hostname: ["assigned_object.device.name", "assigned_object.virtual_machine.name"],
    .id: ["id"],
    .owner: ["tenant.name"],
    .state: ["status.value"],
  ])

  private static let prefixes: [InventorySettings.Field: [RecordPath]] = paths([
    .cluster: ["custom_fields.kubernetes_cluster"],
    .owner: ["tenant.name"],
    .prefix: ["prefix"],
    .state: ["status.value"],
  ])

  private static func paths(
    _ texts: [InventorySettings.Field: [String]]
  ) -> [InventorySettings.Field: [RecordPath]] {
    texts.mapValues { $0.compactMap { RecordPath($0) } }
  }
}
