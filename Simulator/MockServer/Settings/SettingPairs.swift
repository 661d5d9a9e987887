/// A dictionary: its names are data, where a property's is not.
protocol SettingPairs {
    func settingMembers() throws -> [SettingNode.Member]
    static func fromSetting(_ members: [SettingNode.Member], at path: String) throws -> Self
}

extension Dictionary: SettingPairs where Key == String, Value: Codable {
    func settingMembers() throws -> [SettingNode.Member] {
        try self.sorted { $0.key < $1.key }.map { name, value in
            SettingNode.Member(name: name, value: try SettingEncoder.node(value))
        }
    }

    static func fromSetting(_ members: [SettingNode.Member], at path: String) throws -> [Key: Value]
    {
        var pairs: [Key: Value] = [:]
        for member in members {
            let inner = SettingNode.path(path, member.name)
            pairs[member.name] = try SettingDecoder.value(Value.self, member.value, at: inner)
        }
        return pairs
    }
}
