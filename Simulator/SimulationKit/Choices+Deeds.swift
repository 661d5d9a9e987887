extension Choices {
    /// What one of several kinds of people's deeds needs: whether, what, and on which record.
    ///
    /// Drawn whole each time, so that a deed that does not happen moves none of the later ones.
    func deed<Deed: RawRepresentable & CaseIterable>(
        _ stream: Tape.Stream,
        percent: Int
    ) -> (deed: Deed, record: Int)? where Deed.RawValue == Int {
        let happens = self.happens(stream, percent: percent)
        let choice = self.choose(stream, below: Deed.allCases.count)
        let record = self.choose(stream, below: 1_000)
        guard happens, let deed = Deed(rawValue: choice) else { return nil }
        return (deed, record)
    }

    /// How many numbers `deed` draws.
    static let choicesOfOneDeed = 3
}
