import CEL

extension CELLibrary {
  /// Formats of texts that have a name.
  static let kubernetesFormats = CELLibrary(
    overloads: [
      .function("format.named", .string, returns: .optional(format)) {
        name,
        _ throws(CELError) in
        guard case .string(let name) = name else {
          throw CELOverload.noOverload("format.named", [name])
        }
        return .optional(NamedFormat.all.first { $0.name == name }.map(CELValue.opaque))
      },
      .member("validate", of: format, .string, returns: .optional(.list(.string))) {
        value,
        text,
        evaluation throws(CELError) in
        guard let format = NamedFormat(value), case .string(let text) = text else {
          throw CELOverload.noOverload("validate", [value, text])
        }
        try evaluation.charge(traversing: text.utf8.count)
        let faults = format.faults(text)
        return .optional(faults.isEmpty ? nil : .list(faults.map(CELValue.string)))
      },
    ]
      + NamedFormat.all.map { named in
        .function("format.\(named.name)", taking: [], returns: format) { _, _ in
          .opaque(named)
        }
      },
    typeNames: [NamedFormat.typeName]
  )

  private static let format = CELType.opaque(NamedFormat.typeName)
}
