import WireJSON

/// A set, which people see in the order of its texts.
protocol SettingSet {
    func settingElements() throws -> [SettingNode]
}

extension Set: SettingSet where Element: Codable {
    func settingElements() throws -> [SettingNode] {
        try self.map { element in
            let node = try SettingEncoder.node(element)
            var writer = JSONWriter()
            node.write(into: &writer)
            return (text: String(decoding: writer.bytes, as: UTF8.self), node: node)
        }
        .sorted { $0.text < $1.text }
        .map(\.node)
    }
}
