import CSimdJSON

/// Walks the indices of a container's direct children.
struct JSONChildren: Sequence, IteratorProtocol {
    let document: JSONDocument
    var upcoming: Int
    let end: Int

    mutating func next() -> Int? {
        guard self.upcoming < self.end else { return nil }
        let index = self.upcoming
        self.upcoming = Int(self.document.node(index).after)
        return index
    }
}
