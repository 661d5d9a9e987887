extension Array {
    /// Consecutive parts of at most `size` elements.
    func chunked(by size: Int) -> [[Element]] {
        precondition(size > 0, "chunks of nothing")
        return stride(from: 0, to: self.count, by: size).map {
            Array(self[$0..<Swift.min($0 + size, self.count)])
        }
    }
}
