import HTTPTransport
import WireJSON

/// Folders that lists are kept in.
extension MockHubSpot {
    /// How deep folders may lie in each other.
    private static let depthMax = 5

    /// `…/lists/folders/…`.
    mutating func folderRoute(
        _ rest: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        let json = Self.body(request)
        if rest == ["move-list"] { return self.moveList(json, now) }
        guard let first = rest.first else {
            guard request.method == .post else {
                let id = target.parameter("folderId").flatMap { Int($0) } ?? ListFolder.root
                return self.isFolder(id) ? self.shown(folder: id) : self.noFolder(now)
            }
            let parent = Self.id(folder: json?["parentFolderId"]) ?? ListFolder.root
            return self.makeFolder(json?["name"]?.string, parent, now)
        }
        guard let id = Int(first), let place = self.folders.firstIndex(where: { $0.id == id })
        else { return self.noFolder(now) }
        switch (request.method, rest.dropFirst().first) {
        case (.delete, nil):
            let isEmpty =
                !self.folders.contains { $0.parent == id }
                && !self.lists.contains { !$0.isDeleted && $0.folder == id }
            guard isEmpty else {
                return self.refused("Folder \(id) is not empty", now)
            }
            self.folders.remove(at: place)
            return HTTPResponse(status: 204)
        case (.put, "rename"?):
            guard let name = target.parameter("newFolderName"), !name.isEmpty else {
                return self.refused("newFolderName is required", now)
            }
            self.folders[place].name = name
            self.folders[place].updatedAt = now
            return self.shown(folder: id)
        default:
            guard let parent = rest.count > 2 ? Int(rest[2]) : nil, self.isFolder(parent) else {
                return self.noFolder(now)
            }
            guard !self.ancestry(parent).contains(id),
                self.ancestry(parent).count + self.height(id) <= Self.depthMax
            else { return self.refused("Folder \(id) cannot be moved to \(parent)", now) }
            self.folders[place].parent = parent
            self.folders[place].updatedAt = now
            return self.shown(folder: id)
        }
    }

    private mutating func noFolder(_ now: Int64) -> HTTPResponse {
        self.error(404, "resource not found", now: now)
    }

    private mutating func refused(_ text: String, _ now: Int64) -> HTTPResponse {
        self.error(400, text, category: "VALIDATION_ERROR", now: now)
    }

    static func id(folder json: JSON?) -> Int? {
        json?.integer.flatMap { Int(exactly: $0) }
    }

    func isFolder(_ id: Int) -> Bool {
        id == ListFolder.root || self.folders.contains { $0.id == id }
    }

    /// A folder and those it lies in, without the root.
    private func ancestry(_ id: Int) -> [Int] {
        var found: [Int] = []
        var next = self.folders.first { $0.id == id }
        while let folder = next, found.count <= Self.depthMax {
            found.append(folder.id)
            next = self.folders.first { $0.id == folder.parent }
        }
        return found
    }

    /// How many levels a folder and what lies in it take.
    private func height(_ id: Int) -> Int {
        let depth = self.ancestry(id).count
        let deepest = self.folders.map { self.ancestry($0.id) }.filter { $0.contains(id) }
            .map(\.count).max()
        return (deepest ?? depth) - depth + 1
    }

    private mutating func makeFolder(
        _ name: String?,
        _ parent: Int,
        _ now: Int64
    ) -> HTTPResponse {
        guard let name, !name.isEmpty else {
            return self.refused("Some required fields were not set: [name]", now)
        }
        guard self.isFolder(parent) else { return self.noFolder(now) }
        guard self.ancestry(parent).count < Self.depthMax else {
            return self.refused("Folders may be nested \(Self.depthMax) deep", now)
        }
        self.foldersMade += 1
        let folder = ListFolder(
            id: self.foldersMade,
            parent: parent,
            name: name,
            createdAt: now,
            updatedAt: now
        )
        self.folders.append(folder)
        return self.shown(folder: folder.id)
    }

    private mutating func moveList(_ json: JSON?, _ now: Int64) -> HTTPResponse {
        let list = json?["listId"].flatMap { $0.string ?? $0.numberText }
        guard let folder = Self.id(folder: json?["newFolderId"]), self.isFolder(folder),
            let place = self.lists.firstIndex(where: { !$0.isDeleted && $0.id == list })
        else { return self.noFolder(now) }
        self.lists[place].folder = folder
        return HTTPResponse(status: 204)
    }

    // MARK: - Showing

    private func shown(folder id: Int) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.name("folder")
            self.write(folder: id, into: &root)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(folder id: Int, into writer: inout JSONWriter) {
        let folder = self.folders.first { $0.id == id }
        writer.object { item in
            item.member("id", String(id))
            item.member("parentFolderId", String(folder?.parent ?? ListFolder.root))
            if let folder {
                item.member("name", folder.name)
                item.member("createdAt", ServerTime.iso(folder.createdAt))
                item.member("updatedAt", ServerTime.iso(folder.updatedAt))
            }
            item.member("userId", self.settings.owners.first?.userID ?? 0)
            item.name("childNodes")
            item.array { nodes in
                // Depth is bounded, so is this recursion.
                for child in self.folders where child.parent == id {
                    self.write(folder: child.id, into: &nodes)
                }
            }
            item.name("childLists")
            item.array { lists in
                for list in self.lists where !list.isDeleted && list.folder == id {
                    if let number = Int64(list.id) { lists.integer(number) }
                }
            }
        }
    }
}
