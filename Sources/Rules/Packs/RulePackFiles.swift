import Glibc
import YAMLReading

/// A file that may hold a pack, and what became of it.
package struct RulePackFile: Sendable {
  package let path: String
  package let result: Result<RulePack, RulePack.Mistakes>

  package var pack: RulePack? { try? result.get() }
}

/// The packs of files and folders.
package enum RulePackFiles {
  /// Nobody writes a larger pack.
  private static let megabytes = 1

  /// The files that paths name, folders opened: those whose names end in `.yaml` or `.yml`.
  ///
  /// What is the name of a pack that comes with the program is that.
  package static func paths(_ paths: [String], shipped: ShippedPacks = .none) -> [String] {
    paths.flatMap { path -> [String] in
      if let shipped = shipped.path(of: path) { return [shipped] }
      guard let folder = opendir(path) else { return [path] }
      defer { closedir(folder) }
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if !name.hasPrefix("."), name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
          names.append(name)
        }
      }
      return names.sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
  }

  /// Reads files; of two packs of one name, the second is a mistake.
  package static func read(
    _ paths: [String],
    shipped: ShippedPacks = .none
  ) -> [RulePackFile] {
    var names: [String: String] = [:]
    return self.paths(paths, shipped: shipped).map { path in
      do throws(RulePack.Mistakes) {
        let pack = try read(path, shipped)
        if let other = names[pack.name] {
          throw RulePack.Mistakes("its name \(pack.name) is that of \(other), too", in: path)
        }
        names[pack.name] = path
        return RulePackFile(path: path, result: .success(pack))
      } catch {
        return RulePackFile(path: path, result: .failure(error))
      }
    }
  }

  private static func read(
    _ path: String,
    _ shipped: ShippedPacks
  ) throws(RulePack.Mistakes) -> RulePack {
    let text: String?
    do throws(FileText.Problem) {
      text = try FileText.text(of: path, megabytes: megabytes)
    } catch {
      throw RulePack.Mistakes("it cannot be read: \(error.reason)", in: path)
    }
    guard let text else {
      let hint = shipped.hint(for: path).map { ", and \($0)" } ?? ""
      throw RulePack.Mistakes("there is no such file" + hint, in: path)
    }
    return try RulePack(reading: text, path: path)
  }
}
