extension SOQLParser {
    /// What follows TYPEOF: `What WHEN Account THEN Phone ELSE Name END`.
    mutating func typeOf() throws(RequestFailure) -> SOQLQuery.TypeOf {
        var typeOf = SOQLQuery.TypeOf(path: try self.path())
        guard self.isWord("WHEN") else { throw self.unexpected() }
        while self.take("WHEN") {
            let object = try self.path()
            try self.expect("THEN")
            typeOf.whens.append(.init(object: object, fields: try self.paths()))
        }
        if self.take("ELSE") { typeOf.otherwise = try self.paths() }
        try self.expect("END")
        return typeOf
    }

    private mutating func paths() throws(RequestFailure) -> [SOQLQuery.Path] {
        var paths: [SOQLQuery.Path] = []
        repeat {
            paths.append(try self.path())
        } while self.takeSymbol(",")
        return paths
    }
}
