import SimulatedCluster
import UserConfiguration

/// What the demo's cluster is held against: its NetBox.
enum DemoInventories {
  static func inventories(of cluster: SimulatedCluster) -> [InventorySettings] {
    [("netbox", .cmdb), ("netbox-ipam", .ipam)].map { name, kind in
      var source = InventorySource(.netBox(cluster.netBoxURL))
      source.token = .text(cluster.token)
      source.trustedCertificates = Array(cluster.certificateAuthorityPEM.utf8)
      source.every = .seconds(5)
      var settings = InventorySettings(name: name, kind: kind, source: source)
      settings.clusters = [SimulatedCluster.netBoxClusterName: "demo"]
      if kind == .ipam { settings.release = InventorySettings.Release() }
      // The simulated sites are what the cluster calls zones.
      if kind == .cmdb { settings.map[.zone] = [RecordPath("site.slug")].compactMap(\.self) }
      return settings
    }
  }
}
