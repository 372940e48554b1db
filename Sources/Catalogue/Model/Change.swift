/// What writing one thing did to the store.
public enum Change: Sendable {
    case added, updated, unchanged
}
