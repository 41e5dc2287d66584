"""What the screens say of a thing, as blocks and rows; draws nothing."""
