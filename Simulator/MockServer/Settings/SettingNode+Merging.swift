/// What somebody sent, put over what is there.
extension SettingNode {
    /// This with what is sent changed; what is not named stays.
    ///
    /// Lists are replaced as a whole, and `null` takes a name out of what has data for names.
    ///
    /// `path`: where it stands, for messages.
    ///
    /// - Throws: `ControlFailure` for a name that is not known, with the nearest one that is.
    func merging(_ sent: SettingNode, at path: String) throws(ControlFailure) -> SettingNode {
        do throws(UnknownName) {
            return try self.merged(sent, path)
        } catch {
            guard let nearest = Nearest.path(to: error.path, among: self.paths(under: path)) else {
                throw ControlFailure("`\(error.path)` is unknown.")
            }
            throw ControlFailure(
                "`\(error.path)` is unknown. The nearest known name is `\(nearest)`."
            )
        }
    }

    private struct UnknownName: Error {
        var path: String
    }

    private func merged(_ sent: SettingNode, _ path: String) throws(UnknownName) -> SettingNode {
        guard case .group(let grouping, var members) = self, case .group(_, let news) = sent,
            grouping == .properties || grouping == .pairs
        else { return sent }
        for new in news {
            let inner = Self.path(path, new.name)
            let place = members.firstIndex { $0.name == new.name && !$0.isHidden }
            guard let place else {
                guard grouping == .pairs else { throw UnknownName(path: inner) }
                if new.value != .null { members.append(new) }
                continue
            }
            if grouping == .pairs, new.value == .null {
                members.remove(at: place)
            } else {
                members[place].value = try members[place].value.merged(new.value, inner)
            }
        }
        if grouping == .pairs { members.sort { $0.name < $1.name } }
        return .group(grouping, members)
    }

    static func path(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : path + "." + name
    }

    /// Every known name, with where it stands, groups before what is in them.
    func paths(under path: String = "") -> [String] {
        guard case .group(.properties, _) = self else { return [] }
        return self.members.flatMap { member in
            let inner = Self.path(path, member.name)
            return [inner] + member.value.paths(under: inner)
        }
    }

    /// What stands at a path of names; `nil` where nothing does.
    func at(_ path: String) -> SettingNode? {
        var node = self
        for name in path.split(separator: ".") {
            guard let inner = node[String(name)] else { return nil }
            node = inner
        }
        return node
    }
}
